package io.nightjar.dataset.layout.known;

import static io.nightjar.testing.Drawn.photo;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.layout.Purpose;
import io.nightjar.error.InvalidInputException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Folders that are in no layout, or not in the one that is named. */
class KnownLayoutsTest extends KnownLayoutFixture {

  @Test
  void foldersInNoLayoutAreShownWithTheNearest() throws IOException {
    photo(root, "bagel/rgb/000.png", "bagel/gt/000.png");

    assertThatThrownBy(() -> read("auto", Purpose.EVALUATE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found the folders bagel.")
        .hasMessageContaining(
            "The nearest layout is that of MVTec 3D-AD (--layout mvtec-3d-ad):"
                + " DIR/<category>/train/good/rgb and DIR/<category>/test/<defect>/rgb.")
        .hasMessageContaining("list the images in a manifest (--layout manifest)");
    assertThatThrownBy(() -> read("visa", Purpose.EVALUATE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected DIR/split_csv/1cls.csv and")
        .hasMessageContaining("MVTec 3D-AD (--layout mvtec-3d-ad)");
    photo(root, "can/test_public/good/0.png", "can/train/good/0.png");
    assertThatThrownBy(() -> read("ksdd", Purpose.EVALUATE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("It is in the layout of MVTec AD 2 (--layout mvtec-ad-2).");
    assertThatThrownBy(() -> KnownLayouts.choose("mvtec"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The option --layout is \"mvtec\"; it must be auto or btad or");
  }
}
