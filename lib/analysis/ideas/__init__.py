"""Given an idea and a place: what is needed, what has been done, with whom, what if people are lacking, how to pay for it?"""
