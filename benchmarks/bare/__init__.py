"""The yardstick: a Django with nothing but one view, one indexed query and one small template."""
