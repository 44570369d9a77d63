export function clearThen(res: unknown, options: object): void;
export function clearToday(res: unknown, options: object): void;
export function sessionThen(app: unknown, secret: string, other: string): void;
export function sessionToday(app: unknown, secret: string): void;
