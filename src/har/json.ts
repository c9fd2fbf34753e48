/** What is in a file may be anything: these give what is there in the wanted shape, or say that it is not. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
export const isText = (value: unknown): value is string => typeof value === 'string';
export const isNumber = (value: unknown): value is number => Number.isFinite(value);
export const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

export const objectIn = (value: unknown, key: string): JsonObject => {
  const inner = isObject(value) ? value[key] : undefined;
  return isObject(inner) ? inner : {};
};
export const textIn = (value: JsonObject, key: string): string => {
  const text = value[key];
  return isText(text) ? text : '';
};
export const listIn = (value: JsonObject, key: string): readonly unknown[] => {
  const list = value[key];
  return Array.isArray(list) ? list : [];
};
