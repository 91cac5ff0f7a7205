/** The numbers of a process's /metrics that the measurements need. */
export interface ProcessMetrics {
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  readonly heapBytes: number;
  /** Reviews that came to their end. */
  readonly reviews: number;
  readonly waiting: number;
  readonly running: number;
}

/** Reads /metrics of the process at `url`. Rejects when it does not answer. */
export async function readMetrics(url: string): Promise<ProcessMetrics> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const value = (line: string) => {
    const found = text.split("\n").find((each) => each.startsWith(`${line} `));
    return found === undefined ? 0 : Number(found.slice(line.length + 1));
  };
  return {
    cpuSeconds: value("process_cpu_seconds_total"),
    residentBytes: value("process_resident_memory_bytes"),
    heapBytes: value("nodejs_heap_size_used_bytes"),
    reviews: value('backend_reliability_jobs_total{kind="review",result="done"}'),
    waiting: value('backend_reliability_jobs{state="waiting"}'),
    running: value('backend_reliability_jobs{state="running"}'),
  };
}
