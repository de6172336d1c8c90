import { between, type Camera } from "@/lib/geo/mercator";

/** On the way from one look to another. */
export class Glide {
  private began: number | null = null;

  constructor(
    private readonly from: Camera,
    readonly to: Camera,
    private readonly ms: number,
  ) {}

  /** Where it is at a moment of the screen's clock, and whether it has come to its end. */
  at(now: number): { camera: Camera; ended: boolean } {
    this.began ??= now;
    const share = this.ms > 0 ? Math.min(1, (now - this.began) / this.ms) : 1;
    return { camera: share === 1 ? this.to : between(this.from, this.to, eased(share)), ended: share === 1 };
  }
}

/** Quick at first, gentle at the end. */
const eased = (share: number): number => 1 - (1 - share) ** 3;
