package io.nightjar.dataset.layout;

import static io.nightjar.testing.Trees.link;
import static io.nightjar.testing.Trees.touch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.LeftOut;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.dataset.ledger.PassedOver;
import io.nightjar.dataset.ledger.PassedOver.Kind;
import io.nightjar.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Links that lead nowhere, or to what is read already. */
class DataSetLinksTest extends DataSetFixture {

  @Test
  void linksThatLeadNowhereAreLeftOutByName() throws IOException {
    link(root, "nut/train/good/001.png", "/mnt/nas/gone/001.png");
    link(root, "nut/test/good/001.png", "/mnt/nas/gone/002.png");
    link(root, "nut/test/bent/001.png", "/mnt/nas/gone/003.png");
    touch(root, "nut/ground_truth/bent/001_mask.png");
    link(root, "nut/test/scratched", "/mnt/nas/gone/scratched");

    Category nut = read(Purpose.EVALUATE).categories().get(0);

    assertThat(nut.leftOut())
        .containsExactly(
            leftOut(Split.TEST, "test/bent/001.png", "a link to /mnt/nas/gone/003.png"),
            leftOut(Split.TEST, "test/good/001.png", "a link to /mnt/nas/gone/002.png"),
            leftOut(Split.TEST, "test/scratched", "a link to /mnt/nas/gone/scratched"),
            leftOut(Split.TRAIN, "train/good/001.png", "a link to /mnt/nas/gone/001.png"));
    assertThat(nut.train()).hasSize(1);
    assertThat(nut.test()).hasSize(2);
    assertThat(nut.inputs()).isEqualTo(new Ledger(9, 4, 5, List.of()));
  }

  private static LeftOut leftOut(Split split, String path, String link) {
    return new LeftOut(split, path, "It is " + link + ", which is absent.");
  }

  @Test
  void aMaskThatLeadsNowhereTakesItsImageWithIt() throws IOException {
    touch(root, "nut/test/bent/001.png");
    link(root, "nut/ground_truth/bent/001_mask.png", "/mnt/nas/gone/001_mask.png");

    Category nut = read(Purpose.TEST).categories().get(0);

    assertThat(nut.leftOut())
        .extracting(LeftOut::relativePath)
        .containsExactly("test/bent/001.png");
    assertThat(nut.leftOut().get(0).reason())
        .isEqualTo(
            "The mask ground_truth/bent/001_mask.png cannot be used. It is a link to"
                + " /mnt/nas/gone/001_mask.png, which is absent.");
    assertThat(nut.inputs().quarantined()).isEqualTo(2);
  }

  @Test
  void aCategoryOrAPartThatLeadsNowhereIsRefused() throws IOException {
    link(root, "bolt", "/mnt/nas/gone/bolt");
    assertThatThrownBy(() -> read(Purpose.EVALUATE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("bolt may be a category, but cannot be used. It is a link to");

    Files.delete(root.resolve("bolt"));
    touch(root, "bolt/train/good/000.png");
    link(root, "bolt/test", "/mnt/nas/gone/test");
    assertThatThrownBy(() -> read(Purpose.EVALUATE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("bolt/test cannot be used. It is a link to /mnt/nas/gone/test");
  }

  @Test
  void whereNoTrainingImageCanBeUsedTheFirstIsNamed() throws IOException {
    Files.delete(root.resolve("nut/train/good/000.png"));
    link(root, "nut/train/good/000.png", "/mnt/nas/gone/000.png");

    assertThatThrownBy(() -> read(Purpose.EVALUATE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the only one in")
        .hasMessageContaining("train/good/000.png: It is a link to /mnt/nas/gone/000.png");
  }

  @Test
  void aLinkToAnotherCategoryIsNoCategoryUnlessItIsNamed() throws IOException {
    link(root, "latest", "nut");

    assertThat(read(Purpose.TEST).categories()).extracting(Category::name).containsExactly("nut");
    assertThat(read(Purpose.TEST).others().passedOver())
        .containsExactly(new PassedOver(Kind.REACHED_TWICE, 1, List.of("latest")));
    assertThat(DataSets.list(root.toString(), List.of("latest"), Purpose.TEST, conf()).categories())
        .extracting(Category::name)
        .containsExactly("latest");
  }
}
