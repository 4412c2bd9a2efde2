import { useEffect, useRef, useState } from 'react';
import { drawings } from '../../figures/drawings.ts';
import { openStream, type Stream } from './stream.ts';
import styles from './StreamChart.module.css';
import { StreamLegend } from './StreamLegend.tsx';
import type { StreamPicture } from './streamTypes.ts';

/** Lines that grow while a model trains. The picture in words stands beside it, its numbers in a table. */
export function StreamChart(props: {
  readonly picture: StreamPicture;
  /** What is drawn, with its unit. */
  readonly label: string;
  /** What the horizontal axis counts. */
  readonly xLabel: string;
}) {
  const { picture, label, xLabel } = props;
  const element = useRef<HTMLDivElement>(null);
  const stream = useRef<Stream | null>(null);
  const latest = useRef(picture);
  const [cursor, setCursor] = useState<number | null>(null);
  useEffect(() => {
    latest.current = picture;
    stream.current?.show(picture);
  }, [picture]);
  useEffect(() => {
    const host = element.current;
    if (!host) return;
    const chart = openStream(host, latest.current, setCursor);
    stream.current = chart;
    drawings.set(host, { stream: chart.state });
    const sizes = new ResizeObserver(() => {
      const { clientWidth, clientHeight } = host;
      // Zero means hidden, where any size will do.
      if (clientWidth > 0 && clientHeight > 0) chart.resize(clientWidth, clientHeight);
    });
    sizes.observe(host);
    const theme = new MutationObserver(chart.redraw);
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      sizes.disconnect();
      theme.disconnect();
      chart.destroy();
      stream.current = null;
    };
  }, []);
  return (
    <div className={styles['chart']} data-figure="">
      <StreamLegend picture={picture} cursor={cursor} xLabel={xLabel} />
      <div className={styles['host']} ref={element} role="img" aria-label={label} />
      <p className={styles['axis']} aria-hidden>
        {xLabel}
      </p>
    </div>
  );
}
