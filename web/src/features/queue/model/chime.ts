/** Three short tones, made here: nothing has to be fetched at the moment when everybody fetches. */
export class Chime {
  #context: AudioContext | undefined;

  /** Browsers let a page sound only after a touch: this is called by one. */
  allow(): void {
    this.#context ??= new AudioContext();
    void this.#context.resume();
  }

  forbid(): void {
    void this.#context?.close();
    this.#context = undefined;
  }

  play(): void {
    const context = this.#context;
    if (context === undefined) return;
    [660, 880, 1320].forEach((frequency, index) => {
      const start = context.currentTime + index * 0.18;
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0.0001, start);
      volume.gain.exponentialRampToValueAtTime(0.25, start + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.16);
      tone.connect(volume).connect(context.destination);
      tone.start(start);
      tone.stop(start + 0.17);
    });
  }
}
