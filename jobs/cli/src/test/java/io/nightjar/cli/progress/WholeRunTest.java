package io.nightjar.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WholeRunTest {
  private final WholeRun run = new WholeRun();

  private static long at(long seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }

  private void begin(int... images) {
    Map<String, Integer> all = new LinkedHashMap<>();
    for (int i = 0; i < images.length; i++) {
      all.put("c" + i, images[i]);
    }
    run.begins(all);
  }

  /** 100 and 300 images took 400 s together: 1 s an image, of 600 that are left. */
  @Test
  void theTimeLeftFollowsFromTheImagesOfTheCategories() {
    begin(100, 300, 200, 400);
    run.works("c0", at(0));
    run.ended("c0", true, at(100));
    assertThat(run.describe(at(100))).hasValue("1 of 4 categories done");
    run.works("c1", at(100));
    run.ended("c1", true, at(400));
    run.works("c2", at(400));

    assertThat(run.describe(at(400))).hasValue("2 of 4 categories done, about 10 min left");
    assertThat(run.describe(at(460))).hasValue("2 of 4 categories done, about 9 min left");
  }

  /** Two at a time: each of 100 images takes 200 s, four are left. */
  @Test
  void categoriesThatRunAtTheSameTimeShareIt() {
    begin(100, 100, 100, 100, 100, 100);
    for (int i = 0; i < 4; i++) {
      run.works("c" + i, at(i < 2 ? 0 : 200));
    }
    run.ended("c0", true, at(200));
    run.ended("c1", true, at(200));

    // Four times 200 s by two at a time are 400 s.
    assertThat(run.describe(at(200))).hasValue("2 of 6 categories done, about 7 min left");
  }

  /** The last one is not done by two. */
  @Test
  void theLongestCategoryIsTheLeastThatIsLeft() {
    begin(10, 10, 10, 1000);
    for (int i = 0; i < 4; i++) {
      run.works("c" + i, at(0));
    }
    run.ended("c0", true, at(10));
    run.ended("c1", true, at(10));

    // 1 s an image: 990 s of the large one, not (0 + 990) / 2.
    assertThat(run.describe(at(10))).hasValue("2 of 4 categories done, about 17 min left");
  }

  @Test
  void aFailedCategoryIsCountedAndSaysNothingOfTheTime() {
    begin(10, 10, 10, 10);
    run.works("c0", at(0));
    run.works("c1", at(0));
    run.ended("c0", false, at(1));
    run.ended("c1", true, at(60));

    assertThat(run.describe(at(60))).hasValue("1 of 4 categories done, 1 failed");
  }

  @Test
  void nothingIsLeftAtTheEnd() {
    begin(10, 10, 10);
    for (int i = 0; i < 3; i++) {
      run.works("c" + i, at(0));
      run.ended("c" + i, true, at(60));
    }

    assertThat(run.describe(at(60))).hasValue("3 of 3 categories done");
  }

  @Test
  void ofOneCategoryThereIsNoWhole() {
    begin(10);
    run.works("c0", at(0));
    run.ended("c0", true, at(60));

    assertThat(run.describe(at(60))).isEmpty();
  }

  /** Each member of an ensemble works on the same categories. */
  @Test
  void ofSeveralPartsTheCategoriesOfTheRunningOneAreCounted() {
    run.part("small", 1, 2);
    begin(10, 10);
    for (int i = 0; i < 2; i++) {
      run.works("c" + i, at(0));
      run.ended("c" + i, i == 0, at(60));
    }
    assertThat(run.describe(at(60)))
        .hasValue("part 1 of 2, small: 1 of 2 categories done, 1 failed");

    run.part("the mean of the maps", 2, 2);
    begin(10, 10);
    assertThat(run.describe(at(60))).isEmpty();
    run.works("c0", at(60));
    run.ended("c0", true, at(70));

    assertThat(run.describe(at(70)))
        .hasValue("part 2 of 2, the mean of the maps: 1 of 2 categories done");
  }

  @Test
  void theWorkForAllCategoriesIsNoneOfThem() {
    run.begins(Map.of());
    run.works("unified", at(0));
    run.ended("unified", true, at(50));
    begin(10, 10);

    assertThat(run.describe(at(60))).isEmpty();
    run.works("c0", at(60));
    run.ended("c0", true, at(70));
    assertThat(run.describe(at(70))).hasValue("1 of 2 categories done");
  }
}
