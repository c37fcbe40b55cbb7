package io.nightjar.score;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How an image's map becomes the score of the whole image. */
public enum ImageScoreKind {
  /** The largest value of the map at evaluation size, upsampled and smoothed; PatchCore's score. */
  MAX("max", "max"),
  /**
   * The mean of the three highest values of the map before it is upsampled and smoothed: of the
   * three highest patches.
   */
  TOP3("top3", "top3"),
  /**
   * The mean of the highest 1 % of the values of the map before it is upsampled and smoothed, the
   * number of values rounded to the nearest whole one, a half upwards, and at least 1; {@link
   * NoveltyScore} of the patches' distances.
   *
   * @see <a href="https://arxiv.org/abs/2405.14529">Damm et al., AnomalyDINO, WACV 2025, equation
   *     3</a>; its program rounds the number down
   */
  TOP1_PERCENT("top1%", "top1pct");

  private final String id;
  private final String suffix;

  ImageScoreKind(String id, String suffix) {
    this.id = id;
    this.suffix = suffix;
  }

  /**
   * The name in options and in JSON.
   *
   * @return {@code max}, {@code top3} or {@code top1%}
   */
  public String id() {
    return id;
  }

  /**
   * The name of the column that tables have of it.
   *
   * @return such as {@code image_score_top3}
   */
  public String column() {
    return "image_score_" + suffix;
  }

  /**
   * The kind that an option names.
   *
   * @param id as {@link #id} gives it
   * @return the kind
   * @throws InvalidInputException naming the option and what is known, if there is none
   */
  public static ImageScoreKind of(String id) {
    return Arrays.stream(values())
        .filter(kind -> kind.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    Text.format(
                        "The option --image-score is \"%s\"; it must be %s.",
                        id,
                        Arrays.stream(values())
                            .map(ImageScoreKind::id)
                            .collect(Collectors.joining(" or ")))));
  }
}
