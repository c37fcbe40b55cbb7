package io.nightjar.report.reason;

import io.nightjar.score.PatchBox;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Why a patch has its score.
 *
 * @param category of the image
 * @param path of the image within the category
 * @param number from 1, the patch of the image with the highest score first
 * @param score of the patch, before the map is upsampled
 * @param row on the grid, from 0
 * @param column on the grid, from 0
 * @param box its pixels in the image
 * @param distance from the nearest row of the bank
 * @param normal the patch of that row
 * @param stages the fraction of the squared distance that each stage has, in the order of {@link
 *     RunReasons#stages}; none where the distance is 0
 * @param position the fraction of the place on the grid; 0 where it is not counted
 * @param components those with the largest fractions, the largest first; none where the distance is
 *     0
 * @param outside how much of the patch's deviation from the mean lies outside the components, 0 to
 *     1; empty where it is the mean
 * @param shown a cut-out; empty where none was drawn
 */
public record PatchReason(
    String category,
    String path,
    int number,
    float score,
    int row,
    int column,
    PatchBox box,
    double distance,
    NormalPatch normal,
    List<Double> stages,
    double position,
    List<Component> components,
    OptionalDouble outside,
    Optional<ShownPatch> shown) {

  /**
   * The part of a principal component.
   *
   * @param number from 1, in the order of a row's values
   * @param fraction of the squared distance
   */
  public record Component(int number, double fraction) {}

  /** Copies the lists. */
  public PatchReason {
    stages = List.copyOf(stages);
    components = List.copyOf(components);
  }
}
