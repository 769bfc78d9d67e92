"""The rules, one file each; rows of tables in limits/ and relations/."""
