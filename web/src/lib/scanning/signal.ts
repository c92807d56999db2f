const goodHz = 880;
const badHz = 220;
const seconds = 0.18;

let audio: AudioContext | undefined;

/** Heard and felt, for eyes that are on the queue. Silent where the device does not offer it. */
export function signal(isGood: boolean): void {
  if ("vibrate" in navigator) navigator.vibrate(isGood ? 120 : [120, 60, 120, 60, 120]);
  audio ??= new AudioContext();
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.type = isGood ? "sine" : "square";
  tone.frequency.value = isGood ? goodHz : badHz;
  volume.gain.value = 0.2;
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + seconds);
}
