using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Onsale.Inventory;

/// <content>What codes brought to the change log.</content>
public static partial class ChangeLogCodec
{
    private const int HasPercent = 1;
    private const int HasAmount = 2;
    private const int HasStart = 4;
    private const int HasEnd = 8;
    private const int HasUseLimit = 16;
    private const int HasTicketLimit = 32;
    private const int HasTicketLimitPerBuyer = 64;
    private const int HasPresale = 128;
    private const int HasEnded = 256;
    private const int KnownOfCode = 511;

    private static Booking? CodedIn(Change change) => change switch
    {
        BookingChanged { Booking.Code: not null } changed => changed.Booking,
        BookingReassigned { Booking.Code: not null } reassigned => reassigned.Booking,
        BookingMoved { Booking.Code: not null } moved => moved.Booking,
        _ => null,
    };

    private static void WriteCoded(ChangeLogWriter writer, Booking booking)
    {
        writer.Byte(KindCoded);
        writer.Number(booking.Code!.Value);
        writer.Number(booking.Places.Length);
        foreach (var place in booking.Places)
            writer.Number(place.Discount);
    }

    private static Coded ReadCoded(ref ChangeLogReader reader)
    {
        var code = reader.Int();
        if (code is < 0 or >= InventoryLimits.MaxCodesPerEvent)
            throw new InventoryCorruptException($"There is no code {code}.");
        var discounts = new long[reader.Count()];
        for (var i = 0; i < discounts.Length; i++)
            discounts[i] = reader.Number();
        return new Coded(code, discounts);
    }

    /// <summary>What came to the settings last: a part of its own behind the rules.</summary>
    private static void WriteMore(ChangeLogWriter writer, SettingsPatch patch)
    {
        writer.Byte((byte)((patch.Codes.IsEmpty ? 0 : HasCodes)
            | (patch.WaitlistOfferMinutes is null ? 0 : HasWaitlist) | (patch.Terms.IsEmpty ? 0 : HasTerms)
            | (patch.PayLater is null ? 0 : HasPayLater)));
        if (patch.WaitlistOfferMinutes is { } minutes)
            writer.Number(minutes);
        if (!patch.Codes.IsEmpty)
        {
            writer.Number(patch.Codes.Length);
            foreach (var (number, code) in patch.Codes)
            {
                writer.Number(number);
                Write(writer, code);
            }
        }

        if (!patch.Terms.IsEmpty)
            WriteTerms(writer, patch);
        if (patch.PayLater is not { } later)
            return;
        writer.Number(later.Days);
        writer.Instant(later.EndsAt);
        writer.Text(later.Instructions);
    }

    private static void Write(ChangeLogWriter writer, CodeSettings code)
    {
        writer.Number((code.Percent is null ? 0 : HasPercent) | (code.Amount is null ? 0 : HasAmount)
            | (code.StartsAt is null ? 0 : HasStart) | (code.EndsAt is null ? 0 : HasEnd)
            | (code.MaxUses is null ? 0 : HasUseLimit) | (code.MaxTickets is null ? 0 : HasTicketLimit)
            | (code.MaxTicketsPerBuyer is null ? 0 : HasTicketLimitPerBuyer)
            | (code.OpensPresale ? HasPresale : 0) | (code.IsEnded ? HasEnded : 0));
        writer.Id(code.Id);
        writer.Text(code.Text);
        writer.Number(code.Tiers.Length);
        foreach (var tier in code.Tiers)
            writer.Number(tier);
        foreach (var number in (ReadOnlySpan<long?>)
            [code.Percent, code.Amount, code.MaxUses, code.MaxTickets, code.MaxTicketsPerBuyer])
        {
            if (number is { } given)
                writer.Number(given);
        }

        if (code.StartsAt is { } startsAt)
            writer.Instant(startsAt);
        if (code.EndsAt is { } endsAt)
            writer.Instant(endsAt);
    }

    private static SettingsPatch ReadMore(ref ChangeLogReader reader, SettingsPatch patch)
    {
        var members = reader.Byte();
        if (members is 0 or > (HasCodes | HasWaitlist | HasTerms | HasPayLater))
            throw new InventoryCorruptException($"Unknown members {members} of a settings change.");
        if ((members & HasWaitlist) != 0)
            patch = patch with { WaitlistOfferMinutes = reader.Int() };
        if ((members & HasCodes) != 0)
            patch = patch with { Codes = ReadCodes(ref reader) };
        if ((members & HasTerms) != 0)
            patch = ReadTerms(ref reader, patch);
        return (members & HasPayLater) == 0
            ? patch
            : patch with { PayLater = new PayLaterTerms(reader.Int(), reader.Instant(), reader.Text()) };
    }

    private static ImmutableArray<CodeChange> ReadCodes(ref ChangeLogReader reader)
    {
        var codes = new CodeChange[reader.Count()];
        for (var i = 0; i < codes.Length; i++)
            codes[i] = new CodeChange(reader.Int(), ReadCode(ref reader));
        return ImmutableCollectionsMarshal.AsImmutableArray(codes);
    }

    private static CodeSettings ReadCode(ref ChangeLogReader reader)
    {
        var members = reader.Int();
        if (members is < 0 or > KnownOfCode)
            throw new InventoryCorruptException($"Unknown members {members} of a code.");
        var (id, text) = (reader.Id(), reader.Text());
        var tiers = new int[reader.Count()];
        for (var i = 0; i < tiers.Length; i++)
            tiers[i] = reader.Int();
        return new CodeSettings(id, text)
        {
            Tiers = ImmutableCollectionsMarshal.AsImmutableArray(tiers),
            OpensPresale = (members & HasPresale) != 0,
            IsEnded = (members & HasEnded) != 0,
            // In the order in which they are written.
            Percent = (members & HasPercent) == 0 ? null : reader.Int(),
            Amount = (members & HasAmount) == 0 ? null : reader.Number(),
            MaxUses = (members & HasUseLimit) == 0 ? null : reader.Int(),
            MaxTickets = (members & HasTicketLimit) == 0 ? null : reader.Int(),
            MaxTicketsPerBuyer = (members & HasTicketLimitPerBuyer) == 0 ? null : reader.Int(),
            StartsAt = (members & HasStart) == 0 ? null : reader.Instant(),
            EndsAt = (members & HasEnd) == 0 ? null : reader.Instant(),
        };
    }

    /// <summary>The code that a booking was held with, and what it took off each place.</summary>
    private sealed record Coded(int Code, long[] Discounts);
}
