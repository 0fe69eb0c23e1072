"""What varies by kind of entity, state, bank or donor: TOML read once into frozen values.

What lives here: readers of `resources/`, with errors that name file and field. What does not: any rule that
computes. Everybody above may call.
"""
