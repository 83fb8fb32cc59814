// How training threads keep step: a barrier on shared memory, a step counter, and a wish to stop that all see at once.

/** Int32 slots of the shared control block. */
const arrivedSlot = 0;
const roundSlot = 1;
const stopWishedSlot = 2;
const stopDecidedSlot = 3;
const slots = 4;

/** The control block: give it to every thread. */
export function createControl(): SharedArrayBuffer {
  return new SharedArrayBuffer(slots * 4);
}

/** Asks all threads to stop after the step in hand. */
export function wishStop(control: SharedArrayBuffer): void {
  Atomics.store(new Int32Array(control), stopWishedSlot, 1);
}

export interface Barrier {
  /** Returns when all threads have come here. What any wrote before, all see after. */
  wait(): void;
  /** As wait; true when the threads are to stop. All threads get the same answer. */
  waitOrStop(): boolean;
}

export function openBarrier(control: SharedArrayBuffer, threads: number): Barrier {
  const state = new Int32Array(control);
  const wait = (): void => {
    const round = Atomics.load(state, roundSlot);
    if (Atomics.add(state, arrivedSlot, 1) === threads - 1) {
      Atomics.store(state, arrivedSlot, 0);
      Atomics.store(state, stopDecidedSlot, Atomics.load(state, stopWishedSlot));
      Atomics.add(state, roundSlot, 1);
      Atomics.notify(state, roundSlot);
      return;
    }
    while (Atomics.load(state, roundSlot) === round) Atomics.wait(state, roundSlot, round);
  };
  return {
    wait,
    waitOrStop() {
      wait();
      return Atomics.load(state, stopDecidedSlot) === 1;
    },
  };
}
