"""How does what was found become a document that is printed, sent or filed?"""
