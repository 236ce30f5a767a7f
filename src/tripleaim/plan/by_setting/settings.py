"""The settings in which money is spent, and the few lines of which no setting is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class SettingKind(StrEnum):
    """What a setting counts as where one asks from where to where money moves."""

    PREVENTION = "prevention"
    HOME = "home"
    BED = "bed"
    OTHER_CARE = "other care"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Setting:
    """Where care is given, or what keeps it from being needed."""

    id: str
    name: str
    kind: SettingKind


NOT_KNOWN = "not-known"
INVESTMENT_NOT_KNOWN = "investment-not-known"
CLAIM_BEYOND_OVERLAP = "claim-beyond-overlap"

SETTINGS: tuple[Setting, ...] = (
    Setting("prevention", "Prevention", SettingKind.PREVENTION),
    Setting("practice", "General practice", SettingKind.OTHER_CARE),
    Setting("prescribing", "Prescribing", SettingKind.OTHER_CARE),
    Setting("home-and-community-contact", "Home and community contact", SettingKind.HOME),
    Setting("community-bed", "Community bed", SettingKind.BED),
    Setting("outpatient-and-day", "Outpatient and day", SettingKind.OTHER_CARE),
    Setting("acute-bed", "Acute bed", SettingKind.BED),
    Setting("mental-health", "Mental health", SettingKind.OTHER_CARE),
    Setting("care-home", "Care home", SettingKind.OTHER_CARE),
    Setting(NOT_KNOWN, "Setting not known", SettingKind.NOT_KNOWN),
)
"""What `settings.csv` may name, in the order in which they are shown."""

WITHOUT_SETTING: tuple[Setting, ...] = (
    Setting(INVESTMENT_NOT_KNOWN, "Investment, setting not known", SettingKind.NOT_KNOWN),
    Setting(
        CLAIM_BEYOND_OVERLAP, "Claimed beyond the savings after overlap", SettingKind.NOT_KNOWN
    ),
)
"""Lines of accounts that no footprint places: shown after the settings."""

KIND_OF: Mapping[str, SettingKind] = {s.id: s.kind for s in (*SETTINGS, *WITHOUT_SETTING)}

TREATMENT = (SettingKind.HOME, SettingKind.BED, SettingKind.OTHER_CARE)
"""The kinds that are care, as against prevention."""
