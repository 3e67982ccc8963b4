// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The cx3tools authors

package org.cx3tools.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cx3tools.cli.ExitCode;
import org.cx3tools.cli.output.CardText;
import org.cx3tools.cli.output.Json;
import org.cx3tools.device.CardInfo;
import org.cx3tools.device.Device;
import org.cx3tools.device.Devices;

/** {@code cx3 list}. */
final class ListCommand implements Command {
    private static final Opt SIM = Opt.value("sim", "FILE", "show this virtual card instead of the machine's cards",
        "the machine's cards");

    @Override
    public Spec spec() {
        return new Spec("list", "[--sim FILE] [--json]", List.of(
            "Shows the ConnectX-3 cards of this machine: address, ids, driver bound or not, whether the registers can",
            "be reached, recovery mode. Needs no root; nothing on a card is touched."),
            List.of(SIM, Opt.JSON), 0, 0,
            List.of("cx3 list", "cx3 list --sim card.sim"));
    }

    @Override
    public int run(Request request) throws Exception {
        List<CardInfo> cards;
        if (request.has(SIM)) {
            String name = "sim:" + request.value(SIM, "");
            try (Device device = Devices.open(request.streams().resolveDevice(name))) {
                cards = List.of(CardText.named(device.card(), name));
            }
        } else {
            cards = Devices.list();
        }
        if (request.json()) {
            List<Object> rows = new ArrayList<>();
            for (CardInfo card : cards) {
                rows.add(CardText.map(card));
            }
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("cards", rows);
            Json.print(request.out(), all);
        } else {
            CardText.table(request.out(), cards);
        }
        return ExitCode.DONE;
    }
}
