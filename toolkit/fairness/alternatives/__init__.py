"""Less discriminatory alternatives: screens nearly as valid, with a higher smallest ratio."""
