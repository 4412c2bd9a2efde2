/** Pause before the second attempt: a lost connection is often back by then. */
const RETRY_MILLISECONDS = 400;

/** What `attempt` gives, at its second try where the first fails, so that a short outage goes unnoticed; rejects as that does. */
export async function twice<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch {
    await new Promise((resolve) => setTimeout(resolve, RETRY_MILLISECONDS));
    return attempt();
  }
}
