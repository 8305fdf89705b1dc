"""How do records leave (and enter) the project as files that other programs open safely?"""
