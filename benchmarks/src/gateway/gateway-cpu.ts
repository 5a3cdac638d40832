/** What the gateway's metrics say of it: CPU seconds of the process, and events it stored. */
export async function gatewayCpu(url: string): Promise<{ readonly cpuSeconds: number; readonly events: number }> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const metric = (name: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')[1],
    )
  return {
    cpuSeconds: metric('process_cpu_seconds_total'),
    events: metric('headwater_gateway_events_total{source="openlineage",result="accepted"}') || 0,
  }
}
