/** 128 bits as four numbers of 32, the lowest first. */
export type Hash128 = readonly [number, number, number, number]
