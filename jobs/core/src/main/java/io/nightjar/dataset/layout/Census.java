package io.nightjar.dataset.layout;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.text.Text;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares a category with the official number of images in MVTec AD (Bergmann et al. 2021). */
public final class Census {
  private static final String TABLE = "/io/nightjar/conf/published/mvtec_ad_census.csv";
  private static final Map<String, Counts> OFFICIAL = load();

  private Census() {}

  /**
   * A sentence that lists each number that differs from the official one; empty where all agree,
   * and where MVTec AD has no category of this name.
   */
  public static Optional<String> difference(Category category) {
    Counts official = OFFICIAL.get(category.name());
    if (official == null) {
      return Optional.empty();
    }
    Counts found = Counts.of(category);
    List<String> differences = new ArrayList<>();
    compare(found.trainGood, official.trainGood, "training images", differences);
    compare(found.testGood, official.testGood, "good test images", differences);
    compare(found.testDefective, official.testDefective, "defective test images", differences);
    compare(found.defectGroups, official.defectGroups, "groups of defects", differences);
    if (differences.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Text.format(
            "Category '%s' differs from the official MVTec AD: %s.",
            category.name(), String.join(", ", differences)));
  }

  private static void compare(long found, long official, String what, List<String> differences) {
    if (found != official) {
      differences.add(Text.format("%d %s (official: %d)", found, what, official));
    }
  }

  private static Map<String, Counts> load() {
    try (InputStream in = Census.class.getResourceAsStream(TABLE)) {
      if (in == null) {
        throw new IllegalStateException("The class path lacks " + TABLE);
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .skip(1) // the names of the columns
          .map(line -> line.split(",", -1))
          .collect(Collectors.toMap(cells -> cells[0], Counts::of));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Counts(long trainGood, long testGood, long testDefective, long defectGroups) {
    /** Cells: category, kind, train good, test good, test defective, groups of defects. */
    static Counts of(String[] cells) {
      Function<Integer, Long> number = column -> Long.valueOf(cells[column].trim());
      return new Counts(number.apply(2), number.apply(3), number.apply(4), number.apply(5));
    }

    static Counts of(Category category) {
      List<ImageRef> test = category.test();
      List<ImageRef> defective = test.stream().filter(ImageRef::isDefective).toList();
      return new Counts(
          category.train().size(),
          test.size() - defective.size(),
          defective.size(),
          defective.stream().map(ImageRef::defect).distinct().count());
    }
  }
}
