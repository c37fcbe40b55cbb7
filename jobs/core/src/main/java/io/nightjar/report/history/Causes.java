package io.nightjar.report.history;

import io.nightjar.report.comparison.Setting;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What differs between two runs, as far as their records say: what may have changed a figure. */
final class Causes {
  /** Executors are other machines every night; how they compute is among the settings as well. */
  private static final String HOSTS = "devices";

  private static final String COMMIT = "versions.nightjar_commit";
  private static final List<String> FIRST = List.of("backbone.", "maps.", "options.");
  private static final int LONGEST = 60;

  private Causes() {}

  /**
   * Sentences without a full stop; where nothing differs, one that says so.
   *
   * @param images looks for other test images
   */
  static List<String> between(
      String category, RunRecord before, RunRecord after, ImageChanges images) {
    List<String> causes = new ArrayList<>(settings(before, after));
    addFiles(category, before, after, images, causes);
    if (causes.isEmpty()) {
      causes.add("the records of the two runs name nothing that differs");
    }
    return causes;
  }

  /** The settings that differ, those of the network first. */
  static List<String> settings(RunRecord before, RunRecord after) {
    return Setting.differing(before.settings(), after.settings()).stream()
        .filter(setting -> !setting.name().equals(HOSTS))
        .sorted(Comparator.comparing(Causes::rank).thenComparing(Setting::name))
        .map(
            setting ->
                Text.format(
                    "%s: %s, then %s",
                    setting.name(),
                    shown(setting.name(), setting.baseline()),
                    shown(setting.name(), setting.candidate())))
        .toList();
  }

  private static int rank(Setting setting) {
    for (int i = 0; i < FIRST.size(); i++) {
      if (setting.name().startsWith(FIRST.get(i))) {
        return i;
      }
    }
    return FIRST.size();
  }

  private static String shown(String name, String value) {
    if (value.isEmpty()) {
      return "none";
    }
    // Of a hash, its beginning is enough to know it by.
    int most = name.endsWith("sha256") || name.equals(COMMIT) ? 12 : LONGEST;
    return value.length() <= most ? value : value.substring(0, most) + "...";
  }

  private static void addFiles(
      String category,
      RunRecord before,
      RunRecord after,
      ImageChanges images,
      List<String> causes) {
    String old = before.fingerprints().getOrDefault(category, "");
    String fresh = after.fingerprints().getOrDefault(category, "");
    if (old.isEmpty() || fresh.isEmpty()) {
      causes.add("whether the images are the same is unknown: a record has no hashes of them");
      return;
    }
    if (old.equals(fresh)) {
      return;
    }
    int known = causes.size();
    addCount("train_images", "training images", category, before, after, causes);
    Optional<String> tests = images.between(category, before, after);
    if (tests.isPresent()) {
      tests.filter(words -> !words.isEmpty()).ifPresent(causes::add);
    } else {
      addCount("test_images", "test images", category, before, after, causes);
    }
    if (causes.size() == known) {
      causes.add(
          tests.isPresent()
              ? "training images of other content or name"
              : "images of other content or name");
    }
  }

  private static void addCount(
      String number,
      String what,
      String category,
      RunRecord before,
      RunRecord after,
      List<String> causes) {
    double old = count(before, category, number);
    double fresh = count(after, category, number);
    if (old != fresh) {
      causes.add(Text.format("%s: %.0f, then %.0f", what, old, fresh));
    }
  }

  private static double count(RunRecord run, String category, String number) {
    return run.category(category).map(one -> one.number(number).orElse(0)).orElse(0.0);
  }
}
