/** `PMC` and the digits, from `PMC123`, `123`, `pmc123.1`; null for anything else. */
export function pmcid(raw: string | null | undefined): string | null {
  const digits = /^\s*(?:pmc)?(\d+)(?:\.\d+)?\s*$/i.exec(raw ?? '')?.[1];
  return digits ? `PMC${digits}` : null;
}

/** The digits of a PubMed id, or null. */
export function pmid(raw: string | null | undefined): string | null {
  return /^\s*(?:pmid:?\s*)?(\d+)\s*$/i.exec(raw ?? '')?.[1] ?? null;
}

/** A DOI without its resolver or `doi:`, or null. */
export function doi(raw: string | null | undefined): string | null {
  return /^\s*(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)?(10\.\d{3,}\/\S+)\s*$/i.exec(raw ?? '')?.[1] ?? null;
}

/** File name without its folders and its known extensions: `case.bioc.xml.gz` is `case.bioc`. */
export function stemOf(file: string): string {
  const name = file.replace(/^.*[\\/]/, '').replace(/\.gz$/i, '');
  return name.replace(/\.(xml|nxml|json|txt)$/i, '') || name;
}

/** The article's own name: its PMCID, else its DOI, else the file's stem, numbered from the second article on. */
export function articleId(ids: { pmcid: string | null; doi: string | null }, file: string, index: number): string {
  return ids.pmcid ?? ids.doi ?? (index === 0 ? stemOf(file) : `${stemOf(file)}_${index + 1}`);
}
