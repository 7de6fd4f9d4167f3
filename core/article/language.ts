/** ISO 639-1 code of a language tag or a three-letter code (`en-US`, `eng`, `FRE`), or null where there is none. */
export function languageCode(tag: string | null | undefined): string | null {
  if (!tag) return null;
  try {
    const code = new Intl.Locale(tag.trim().replace('_', '-')).language;
    return code.length === 2 ? code : null;
  } catch {
    return null;
  }
}
