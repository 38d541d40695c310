-- What the machine's clock showed in each run, against a clock that nobody sets.

ALTER TABLE runs ADD COLUMN clock_shown REAL; -- seconds of the epoch, when the run last wrote
ALTER TABLE runs ADD COLUMN clock_steady REAL; -- seconds since the machine started, at that moment
ALTER TABLE runs ADD COLUMN clock_boot TEXT; -- which start of the machine that was
ALTER TABLE runs ADD COLUMN clock_step REAL NOT NULL DEFAULT 0; -- seconds by which the clock was set in the run, the most; negative: back
ALTER TABLE runs ADD COLUMN clock_gap REAL NOT NULL DEFAULT 0; -- the same between the run before and this one, as far as it shows
ALTER TABLE runs ADD COLUMN clock_off REAL; -- seconds by which the servers' clocks were ahead of this one; NULL: none said
