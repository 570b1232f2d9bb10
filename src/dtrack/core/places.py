"""Names of the files and folders of a workspace; light, since every command needs them at once."""

TARGETS_FILE, ACCEPTED_FILE = "targets.toml", "data/accepted.toml"
ACTUALS_FOLDER, RECEIVED_FOLDER = "data/actuals", "data/received"
OWN_FOLDER = ".dtrack"  # where dtrack keeps its lock, and a change until it is in place
