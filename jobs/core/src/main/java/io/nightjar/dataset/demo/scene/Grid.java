package io.nightjar.dataset.demo.scene;

import io.nightjar.dataset.demo.canvas.Canvas;
import io.nightjar.dataset.demo.canvas.Field;
import io.nightjar.dataset.demo.canvas.Ink;
import io.nightjar.dataset.demo.canvas.Light;
import io.nightjar.dataset.demo.canvas.Noise;
import io.nightjar.dataset.demo.canvas.Numbers;
import io.nightjar.dataset.demo.canvas.Rgb;
import io.nightjar.dataset.demo.canvas.Shape;
import io.nightjar.dataset.demo.canvas.Variation;
import io.nightjar.dataset.demo.flaw.Blemish;
import io.nightjar.dataset.demo.flaw.Flaw;
import java.util.List;

/** A mesh of woven steel wire before a bright wall. */
final class Grid implements Scene {
  private static final String BENT = "bent";
  private static final String BROKEN = "broken";
  private static final String GLUE = "glue";
  private static final double PITCH = 0.1;
  private static final double RADIUS = 0.0105;
  private static final Rgb WALL = Rgb.of(0xc9cac6);
  private static final Rgb STEEL = Rgb.of(0x66686c);

  @Override
  public String category() {
    return "grid";
  }

  @Override
  public List<String> defects() {
    return List.of(BENT, BROKEN, GLUE);
  }

  @Override
  public void paint(Canvas canvas, Variation variation, Flaw flaw) {
    canvas.look(variation.view(0.04, 0.04, 0.02));
    Noise wall = variation.noise();
    canvas.fill(Ink.lit(WALL, (x, y) -> 1 + 0.05 * wall.fractal(3 * x, 3 * y, 2)));
    Noise jitter = variation.noise();
    Damage damage = Damage.of(flaw);
    paintWires(canvas, jitter, damage);
    if (flaw.is(GLUE)) {
      glue(canvas, flaw.variation());
    }
  }

  /**
   * The damage to one upright wire.
   *
   * @param push how far it was pushed aside at its worst; 0 where it was not
   * @param gap half the length that is missing; 0 where it is whole
   */
  private record Damage(int wire, double y, double push, double gap) {
    static Damage of(Flaw flaw) {
      Variation place = flaw.variation();
      int wire = place.below(7) - 3;
      double y = place.around(0, 0.28);
      double side = place.chance(0.5) ? 1 : -1;
      double push = flaw.is(BENT) ? side * place.between(0.035, 0.055) : 0;
      double gap = flaw.is(BROKEN) ? place.between(0.06, 0.09) : 0;
      return new Damage(wire, y, push, gap);
    }

    double pushAt(int upright, double at) {
      return upright == wire ? push * Numbers.hump(at - y, 0.16) : 0;
    }

    boolean missing(int upright, double at) {
      return upright == wire && Math.abs(at - y) < gap;
    }
  }

  private static void paintWires(Canvas canvas, Noise jitter, Damage damage) {
    Light light = canvas.light();
    for (int wire = -7; wire <= 7; wire++) {
      for (int layer = 0; layer < 2; layer++) {
        canvas.shadow(upright(jitter, damage, wire, layer, 0.5), 0.007, 0.3);
        canvas.shadow(level(jitter, wire, layer, 0.5), 0.007, 0.3);
      }
    }
    // Parts of a wire that pass under the other set first, then those that pass over it.
    for (int layer = 0; layer < 2; layer++) {
      for (int wire = -7; wire <= 7; wire++) {
        if (layer == 1) {
          canvas.shadow(upright(jitter, damage, wire, layer, 0.16), 0.006, 0.5);
          canvas.shadow(level(jitter, wire, layer, 0.16), 0.006, 0.5);
        }
        paintWire(canvas, light, upright(jitter, damage, wire, layer, 0.52), true);
        paintWire(canvas, light, level(jitter, wire, layer, 0.52), false);
      }
    }
  }

  private static void paintWire(Canvas canvas, Light light, Shape wire, boolean upright) {
    Field distance = wire.distance();
    canvas.fill(
        wire,
        (x, y, rgb) -> {
          double slope = 1 + distance.at(x, y) / RADIUS;
          double step = 1e-3;
          double ahead = upright ? distance.at(x + step, y) : distance.at(x, y + step);
          double signed = Numbers.clamp(slope) * (ahead > distance.at(x, y) ? 1 : -1);
          double rest = Math.sqrt(Math.max(0, 1 - signed * signed));
          Ink.set(rgb, STEEL);
          light.illuminate(upright ? signed : 0, upright ? 0 : signed, rest, 0.55, 4, rgb);
        });
  }

  private static Shape upright(Noise jitter, Damage damage, int wire, int layer, double part) {
    double centre = wire * PITCH + 0.004 * jitter.at(wire * 3.3, 5);
    Field distance =
        (x, y) -> {
          double weave = 0.0025 * Numbers.wave(y / (2 * PITCH));
          double middle = centre + weave + damage.pushAt(wire, y);
          double off = damage.missing(wire, y) ? 1 : Math.abs(x - middle) - RADIUS;
          return onLayer(y, wire, layer, part) ? off : 1;
        };
    double reach = RADIUS + 0.01 + Math.abs(wire == damage.wire() ? damage.push() : 0);
    return new Shape(distance, centre - reach, -0.8, centre + reach, 0.8);
  }

  private static Shape level(Noise jitter, int wire, int layer, double part) {
    double centre = wire * PITCH + 0.004 * jitter.at(wire * 3.3, 95);
    Field distance =
        (x, y) -> {
          double middle = centre + 0.0025 * Numbers.wave(x / (2 * PITCH) + 0.5);
          double off = Math.abs(y - middle) - RADIUS;
          return onLayer(x, wire + 1, layer, part) ? off : 1;
        };
    double reach = RADIUS + 0.006;
    return new Shape(distance, -0.8, centre - reach, 0.8, centre + reach);
  }

  /**
   * Around each crossing a wire passes over (layer 1) or under (layer 0) the other one; true where
   * the nearest crossing is of this layer and no farther than {@code part} of the pitch.
   */
  private static boolean onLayer(double along, int wire, int layer, double part) {
    double turns = along / PITCH;
    int below = (int) Math.floor(turns);
    int crossing = Math.floorMod(below + wire, 2) == layer ? below : below + 1;
    return Math.abs(turns - crossing) <= part;
  }

  private static void glue(Canvas canvas, Variation place) {
    double x = place.around(0, 0.28);
    double y = place.around(0, 0.28);
    Shape drop =
        Blemish.blob(place, x, y, place.between(0.05, 0.075))
            .or(Blemish.blob(place, x + 0.05, y + 0.03, 0.035));
    canvas.shadow(drop, 0.006, 0.3);
    canvas.fill(
        drop, 0, 0.62, canvas.light().solid(drop, 0.03, 0.5, 5, Ink.flat(Rgb.of(0xd9c48a))));
  }
}
