"""How is what was found told to people: sentences, briefs, documents?"""
