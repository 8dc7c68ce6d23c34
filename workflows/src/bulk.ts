/** What may be done with many jobs at once. */
export const bulkActions = ['cancel', 'retry'] as const
export type BulkAction = (typeof bulkActions)[number]

export const operationStatuses = ['running', 'completed', 'cancelled', 'failed'] as const
export type OperationStatus = (typeof operationStatuses)[number]
