/** Something the user asked for that cannot be: a missing file, an unknown name. Exit code 2; the message is one clear sentence. */
export class UsageError extends Error {}
