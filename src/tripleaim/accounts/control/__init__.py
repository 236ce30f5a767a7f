"""Financial rules: control totals, the transformation fund, quality payments and recovery plans."""
