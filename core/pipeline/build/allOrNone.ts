/** Waits for all, failed or not, so that nothing goes on behind a failure; then throws the first failure there was. */
export async function allOrNone<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(promises);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
