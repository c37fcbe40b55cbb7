package io.nightjar.score;

import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.List;

/**
 * The anomaly maps of one image by several methods, whose mean is a map in its own right: each is
 * brought to the size of the image as its method says, upsampled and then smoothed, divided by the
 * scale of its method, and the mean is taken there.
 *
 * @param members at least one; their order changes nothing
 */
public record MapEnsemble(List<Member> members) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * The map of one method.
   *
   * @param map before it is upsampled and smoothed
   * @param resize how the method brings it to the size of the image
   * @param scale what its scores are divided by, above 0 and finite
   */
  public record Member(AnomalyMap map, MapResize resize, double scale) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Refuses a scale that nothing can be divided by. */
    public Member {
      if (!(scale > 0 && Double.isFinite(scale))) {
        throw new IllegalArgumentException(
            Text.format("The scores of a map cannot be divided by %s", scale));
      }
    }
  }

  /** Copies the members. */
  public MapEnsemble {
    if (members.isEmpty()) {
      throw new IllegalArgumentException("An ensemble needs a map");
    }
    members = List.copyOf(members);
  }

  /**
   * The mean of the upsampled, smoothed and divided maps.
   *
   * @param width in pixels
   * @param height in pixels
   */
  public AnomalyMap full(int width, int height) {
    return MapAverage.mean(
        members.stream().map(member -> member.resize().full(member.map(), width, height)).toList(),
        scales());
  }

  /**
   * The mean of the divided maps as they are before they are upsampled and smoothed: on the finest
   * of their grids, to which the others are interpolated bilinearly.
   */
  public AnomalyMap grid() {
    return MapAverage.of(members.stream().map(Member::map).toList(), scales());
  }

  private double[] scales() {
    return members.stream().mapToDouble(Member::scale).toArray();
  }
}
