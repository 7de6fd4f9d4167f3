/** What a token is. */
export const WORD = 1;
export const NUMBER = 2;
export const PUNCTUATION = 3;

/** What stands between a token and the one before it. */
export const GAP_NONE = 0;
export const GAP_SPACE = 1;
export const GAP_HYPHEN = 2;
export const GAP_APOSTROPHE = 3;
export const GAP_NEWLINE = 4;
