"""Writing: captures, revisions, facts and counts become rows; stored captures are parsed again; archives are merged."""
