"""How the back-test was made and what weakens it, in the sentences that stand under its tables."""

METHOD = (
    "Every forecast was given only rows that were over at its base; a test changes all later rows "
    "and finds no forecast changed.",
    "People, deaths: a footprint of the base year is written from what was known then and led on "
    "by the engine of the plan. Mortality is that of England and Wales by single year of age, "
    "its last three years carried on at the pace of its last ten, at the place's own level; net "
    "migration is the mean of the last five years, by age as the place's share of each age grows "
    "from one age to the next.",
    "Registers: the engine's people with each condition, whose share by age stays as it was. From "
    "a second base, a year later, half of the growth beyond ageing of the first year is carried "
    "on (mean of the body's own and the middle body's).",
    "A&E and beds: contacts by age times people, and a trend learnt before the base: half of the "
    "common one, and as much of a body's own as was seen again a year later over all bodies.",
    "Intervals: mortality as wide as the same rule erred for England and Wales before the base; "
    "people as areas of a county's size erred; A&E and beds as the same rule erred for bodies of "
    "that size one, two and three years ahead before the base; the chance of the outcome itself "
    "everywhere.",
    "Naive forecasts: the last value of the same kind of period; a straight line through the last "
    "five. Of most age bands the place has one estimate before the base: their line is that of "
    "the same ages in England and Wales, brought to its level. Registers of the first base have "
    "one value and no line.",
)

LIMITS = (
    "Before 2013/14 no register is at hand: how far they may drift beyond ageing is assumed (5% a "
    "year, the middle one of three changes of 2010/11 to 2011/12 found in print of 2012), and not "
    "learnt. Registers changed what they count in these years (learning disability, depression, "
    "dementia's diagnosis drive); nothing before the base says so.",
    "Who built this had seen totals of the later years while laying out the tables. The method was "
    "fixed before the forecasts were first held against what came. Since then values that stood "
    "twice were left out (England's beds of 2016/17, whole and nine months), and lives are led "
    "eight times, their mean standing for what is expected, where one run stood for it; no more.",
    "Deaths are counted from mid-year to mid-year: such a year holds one whole winter, where the "
    "calendar years of England and Wales, of which the spread was learnt, hold two halves. Their "
    "intervals are too narrow for it; the winter of 2014/15 shows it. Left as it was decided.",
    "Age patterns of disease, relative risks and contacts by age come from studies of any year: "
    "structure, not levels or trends.",
    "Providers are followed under the name they bore in 2021; whoever was merged away or stopped "
    "reporting before the end of a year is not held against it.",
    "Series share causes (one winter, one migration): their errors are not independent, and a "
    "coverage of a few dozen of them is rougher than its number of values suggests.",
)
