import { UsageError } from '../../pipeline/usageError.js';

const UNIT: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

/** `500MB`, `1 GiB`, `1000000`: bytes. @throws UsageError */
export function parseSize(text: string): number {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text);
  const unit = match ? UNIT[match[2].toLowerCase()] : undefined;
  if (!match || unit === undefined || Number(match[1]) <= 0)
    throw new UsageError(`'${text}' is no size; write 500MB or 1GB`);
  return Math.max(1, Math.floor(Number(match[1]) * unit));
}
