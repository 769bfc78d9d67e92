"""The tables of the contract as declarations: names, titles, types, references."""
