/** Numbers of training as people read them. */
import { formatCount, plural } from '../../format.ts';

const NONE = '—';

/** A loss in nats, three decimals. */
export function formatLoss(value: number | null | undefined): string {
  if (value === null || value === undefined) return NONE;
  return Number.isFinite(value) ? value.toFixed(3) : Number.isNaN(value) ? 'NaN' : '∞';
}

/** A metric's value: a share (no unit) in percent, decibels with one decimal, anything else with three. */
export function formatMetric(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return formatLoss(value);
  if (unit === '') return `${(100 * value).toFixed(1)} %`;
  return unit === 'dB' ? value.toFixed(1) : formatLoss(value);
}

/** A span of time: `42 s`, `4 min 10 s`, `1 h 5 min`. */
export function formatSpan(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return NONE;
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** A large number in few characters, for axes: `950`, `12k`, `3.4M`. */
export function formatCompact(value: number): string {
  const short = (scaled: number): string => String(Number(scaled.toPrecision(3)));
  if (Math.abs(value) >= 1e6) return `${short(value / 1e6)}M`;
  if (Math.abs(value) >= 1e4) return `${short(value / 1e3)}k`;
  return formatCount(Math.round(value));
}

/** Seconds on an axis: `45 s`, `2:05`. */
export function formatClock(seconds: number): string {
  if (seconds < 60) return `${String(Number(seconds.toPrecision(3)))} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** How long ago, for a sentence: `a moment`, `12 minutes`, `3 hours`, `2 days`. */
export function formatAge(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  if (minutes < 1) return 'a moment';
  if (minutes < 60) return plural(minutes, 'minute');
  if (minutes < 48 * 60) return plural(Math.round(minutes / 60), 'hour');
  return plural(Math.round(minutes / 1440), 'day');
}

/** A share as whole percent; never rounded to nothing or to all of it. */
export function formatShare(share: number): string {
  const percent = 100 * share;
  if (percent > 0 && percent < 1) return 'under 1 %';
  if (percent > 99 && percent < 100) return 'over 99 %';
  return `${Math.round(percent)} %`;
}
