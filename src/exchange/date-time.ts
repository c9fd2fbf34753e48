const perDay = 86_400_000;

/** Milliseconds since the epoch in the form of HAR and ISO 8601: `2026-11-20T09:00:00.000Z`. For the years 0 to 9999. */
export function isoDateTime(time: number): string {
  const whole = Math.floor(time);
  const days = Math.floor(whole / perDay);
  const rest = whole - days * perDay;
  const [year, month, day] = civilDate(days);
  const pad = (value: number, length = 2): string => String(value).padStart(length, '0');
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}T${pad(Math.floor(rest / 3_600_000))}:${pad(Math.floor(rest / 60_000) % 60)}:${pad(Math.floor(rest / 1000) % 60)}.${pad(rest % 1000, 3)}Z`;
}

/** Days since the epoch as a date. Years begin in March, so that a leap day is the last: https://howardhinnant.github.io/date_algorithms.html#civil_from_days */
function civilDate(days: number): readonly [year: number, month: number, day: number] {
  const sinceEra = days + 719_468;
  const era = Math.floor(sinceEra / 146_097);
  const dayOfEra = sinceEra - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1];
}
