/** West, south, east and north in degrees. */
export type Box = [number, number, number, number];
