/** Log-odds of what code talks to, once per file and signal. */
export const SERVER = 3.5;
export const DATABASE = 3.5;
export const QUEUE = 3.5;
export const CLOUD = 3;
export const BROWSER = -3.5;
