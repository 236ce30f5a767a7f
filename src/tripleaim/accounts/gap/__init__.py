"""The do-nothing gap on the two printed sides, in £m: lines, calibration, what moves it."""
