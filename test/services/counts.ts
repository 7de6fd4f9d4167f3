export interface PathCount {
  /** How often it was asked for, and how often it came whole. */
  requests: number;
  whole: number;
  /** When it came whole for the first time, in milliseconds since 1970; 0 where it never did. */
  first: number;
}
export interface ServiceCount {
  requests: number;
  /** Most requests within any second. */
  peak: number;
  /** Requests without `tool` or `email`. */
  anonymous: number;
  /** Answers of each status, and of each fault. */
  readonly statuses: Record<string, number>;
  readonly faults: Record<string, number>;
}

const SECOND = 1000;

/** What was asked for: by service, and by path. */
export class Counts {
  readonly services: Record<string, ServiceCount> = {};
  readonly paths = new Map<string, PathCount>();
  /** Times of the last second, by service. */
  private readonly recent = new Map<string, number[]>();

  /** @returns how often the address was asked for before */
  asked(service: string, address: string, now: number, anonymous: boolean): number {
    const count = this.of(service);
    count.requests++;
    if (anonymous) count.anonymous++;
    const times = this.recent.get(service) ?? [];
    this.recent.set(service, times);
    times.push(now);
    while (times[0] <= now - SECOND) times.shift();
    count.peak = Math.max(count.peak, times.length);
    const path = this.paths.get(address) ?? { requests: 0, whole: 0, first: 0 };
    this.paths.set(address, path);
    return path.requests++;
  }

  answered(service: string, address: string, status: number, whole: boolean, fault: string | undefined): void {
    const count = this.of(service);
    count.statuses[status] = (count.statuses[status] ?? 0) + 1;
    if (fault) count.faults[fault] = (count.faults[fault] ?? 0) + 1;
    if (!whole) return;
    const path = this.paths.get(address)!;
    path.first ||= Date.now();
    path.whole++;
  }

  /** Requests of a service within the second before `now`. */
  load(service: string, now: number): number {
    return this.recent.get(service)?.filter((time) => time > now - SECOND).length ?? 0;
  }

  /** Addresses that came whole more than once. */
  twice(pattern = /./): string[] {
    return [...this.paths]
      .filter(([address, { whole }]) => whole > 1 && pattern.test(address))
      .map(([address]) => address);
  }

  private of(service: string): ServiceCount {
    return (this.services[service] ??= { requests: 0, peak: 0, anonymous: 0, statuses: {}, faults: {} });
  }
}
