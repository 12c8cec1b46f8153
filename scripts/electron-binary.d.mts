export function findElectron(): string | null;
export function obtainElectron(): Promise<{ path: string } | { why: string }>;
