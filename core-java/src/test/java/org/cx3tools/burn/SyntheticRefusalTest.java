// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.burn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cx3tools.assemble.AssembleOptions;
import org.cx3tools.assemble.Assembler;
import org.cx3tools.assemble.Disassembler;
import org.cx3tools.assemble.Disassembly;
import org.cx3tools.assemble.FieldDictionary;
import org.cx3tools.assemble.ReleaseSource;
import org.cx3tools.binary.Bytes;
import org.cx3tools.device.CardInfo;
import org.cx3tools.device.Device;
import org.cx3tools.flash.MemoryFlash;
import org.cx3tools.flash.Progress;
import org.cx3tools.image.BoardFile;
import org.cx3tools.image.Fs2Image;
import org.cx3tools.image.GuidBlock;
import org.cx3tools.image.ImageEditor;
import org.cx3tools.image.ImageLocator;
import org.cx3tools.image.InfoTag;
import org.cx3tools.synthetic.CardModel;
import org.cx3tools.synthetic.SyntheticImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyntheticRefusalTest {
    private static final BurnOptions EVERYTHING = BurnOptions.defaults().with(BurnOptions.Choice.NOFS)
            .with(BurnOptions.Choice.PSID_CHANGE).with(BurnOptions.Choice.NO_DEVID_CHECK)
                .with(BurnOptions.Choice.IMAGE_GUIDS).with(BurnOptions.Choice.IMAGE_PS).with(BurnOptions.Choice.IMAGE_ROM);
    private static final Bytes BOARD = Bytes.ofText("[ADAPTER]\nPSID = OWN_0001\n");

    private final Fs2Image synthetic = SyntheticImage.of(CardModel.HP_764285_B21).build();

    @TempDir
    private Path folder;

    @Test
    void noEditMakesASyntheticImageFitForARealCard() throws Exception {
        Fs2Image edited = ImageEditor.withBoardFile(synthetic, BOARD);
        edited = ImageEditor.withInfoText(edited, InfoTag.PRS_NAME, "real.prs");
        edited = ImageEditor.withPsid(edited, "OWN_0001");
        edited = ImageEditor.withGuids(edited, TestImages.CARD);
        edited = ImageEditor.withVsd(edited, "own");
        edited = ImageEditor.withoutRom(edited);
        edited = ImageEditor.withRom(edited, TestImages.rom(4103));
        refused(edited);
    }

    @Test
    void neitherDoesADisassemblyAssembledAgainWithAnotherBoardFile() throws Exception {
        Disassembly source = new Disassembler(FieldDictionary.observed())
                .disassemble(synthetic, "fw");
        Path release = source.write(folder.resolve("source"));
        Fs2Image again = new Assembler(AssembleOptions.defaults().withTextOnly(true))
                .assemble(ReleaseSource.read(release),
                        Optional.of(BoardFile.parse(BOARD.toArray()))).image();
        refused(ImageEditor.withInfoText(again, InfoTag.PRS_NAME, "real.prs"));
    }

    @Test
    void aPlanForAVirtualCardIsNotExecutedOnARealOne() throws Exception {
        Fs2Image marked = ImageEditor.withBoardFile(TestImages.fresh().build(),
                Bytes.ofText("; Synthetic INI\n[ADAPTER]\nPSID = TEST_0001\n"));
        MemoryFlash flash = new MemoryFlash(TestImages.flash(
                Optional.of(TestImages.onCard().build()), Optional.empty()), 1);
        Bytes before = flash.content();
        BurnPlan plan = BurnPlan.make(marked, FlashContent.read(flash, true, Progress.NONE),
                BurnOptions.defaults(), Cards.virtual(503));
        BurnException e = catchThrowableOfType(BurnException.class, () -> Burner.execute(plan,
                device(Cards.real(503), flash), BurnListener.NONE));
        assertThat(e.failure()).isInstanceOf(BurnFailure.SyntheticImage.class);
        assertThat(flash.content()).isEqualTo(before);
        Burner.execute(plan, device(Cards.virtual(503), flash), BurnListener.NONE);
        assertThat(flash.content()).isNotEqualTo(before);
    }

    @Test
    void anImageWithASecondMagicWhereImagesAreLookedForIsRefused() throws Exception {
        Fs2Image image = TestImages.fresh().build();
        var ddr = image.sections().get(3);
        byte[] payload = ddr.payload().toArray();
        System.arraycopy(ImageLocator.MAGIC.toArray(), 0, payload,
                0x10000 - ddr.payloadStart(), 16);
        Fs2Image stray = ImageEditor.withPayload(image, ddr, Bytes.of(payload));
        FlashContent content = FlashContent.read(new MemoryFlash(TestImages.flash(
                Optional.of(TestImages.onCard().build()), Optional.empty()), 1), true,
                Progress.NONE);
        BurnException e = catchThrowableOfType(BurnException.class, () -> BurnPlan.make(stray,
                content, BurnOptions.defaults(), Cards.virtual(503)));
        assertThat(e).hasMessageContaining("0x10000").hasMessageContaining("second magic");
    }

    private static void refused(Fs2Image image) throws Exception {
        Bytes blank = Bytes.of(filled(0x200000));
        FlashContent content = FlashContent.read(new MemoryFlash(blank, 1), true, Progress.NONE);
        GuidBlock guids = image.guids().orElseThrow();
        BurnOptions given = BurnOptions.defaults().with(BurnOptions.Choice.NOFS).withGuids(
                guids.entries().subList(0, 4)).withMacs(List.of(guids.mac(1), guids.mac(2)));
        for (BurnOptions options : List.of(EVERYTHING, given, BurnOptions.defaults())) {
            BurnException e = catchThrowableOfType(BurnException.class,
                    () -> BurnPlan.make(image, content, options, Cards.real(503)));
            assertThat(e.failure()).isInstanceOf(BurnFailure.SyntheticImage.class);
        }
        assertThat(BurnPlan.make(image, content, EVERYTHING, Cards.virtual(503)).slot())
                .isEqualTo(1);
    }

    private static byte[] filled(int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 0xff);
        return bytes;
    }

    private static Device device(CardInfo card, MemoryFlash flash) {
        return (Device) Proxy.newProxyInstance(Device.class.getClassLoader(),
                new Class<?>[] {Device.class}, (self, method, arguments) ->
                        switch (method.getName()) {
                            case "card" -> card;
                            case "flash" -> flash;
                            case "setBootAddress" -> null;
                            default -> throw new UnsupportedOperationException(method.getName());
                        });
    }
}
