/** Invented, and none a part of another. */
export const connections = ['orders', 'Billing ledger', 'warehouse_eu', 'Crm']
export const actors = ['ann', 'ben', 'carla']
