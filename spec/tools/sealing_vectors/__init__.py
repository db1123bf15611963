"""Parts of the sealing vectors' generator. Not shipped; nothing in the product imports it."""
