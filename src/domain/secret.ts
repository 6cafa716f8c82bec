/** What stands in a stored conversation where the owner typed a private key or seed phrase. */
export const SECRET_MARK = "[secret removed]";
