//! Journeys through the deployed template are in `tests`; there is nothing else here.
