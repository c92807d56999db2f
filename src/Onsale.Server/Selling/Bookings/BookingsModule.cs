using Microsoft.Extensions.Options;
using Onsale.Inventory.Engine.Audit;
using Onsale.Platform.Http;
using Onsale.Platform.Jobs;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Selling.Bookings.Answers;
using Onsale.Server.Selling.Payments;

namespace Onsale.Server.Selling.Bookings;

internal static class BookingsModule
{
    public static void AddBookings(this WebApplicationBuilder builder)
    {
        builder.Services.AddJson(BookingsJson.Default);
        // Where HoldFastPathMiddleware passes on a body that it has looked at, routing warns that it is too late to
        // limit its size. It is limited: its length was compared with the same limit before.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Routing.EndpointRoutingMiddleware", LogLevel.Error);
        builder.Services.AddOptions<HoldOptions>()
            .BindConfiguration(HoldOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<HoldOptions>, HoldOptions.Validator>();
        builder.Services.AddSingleton<HoldAdmission>();
        builder.Services.AddSingleton<BookingStore>();
        builder.Services.AddSingleton<IGuestBookings>(provider => provider.GetRequiredService<BookingStore>());
        builder.Services.AddSingleton<ContactStore>();
        builder.Services.AddSingleton<IBuyerContacts>(provider => provider.GetRequiredService<ContactStore>());
        builder.Services.AddJson(AnswersJson.Default);
        builder.Services.AddSingleton<AnswerStore>();
        builder.Services.AddSingleton<IBuyerContacts>(provider => provider.GetRequiredService<AnswerStore>());
        builder.Services.AddSingleton<IBookingDetails>(provider => provider.GetRequiredService<ContactStore>());
        builder.Services.AddSingleton<IBookingDetails>(provider => provider.GetRequiredService<AnswerStore>());
        builder.Services.AddSingleton<AnswerGate>();
        builder.Services.AddSingleton<LaterPaymentStore>();
        builder.Services.AddSingleton<BookingResponseMapper>();
        builder.Services.AddSingleton<LaterHoldStore>();
        builder.Services.AddSingleton<LaterHolds>();
        builder.Services.AddPeriodicJob(provider => new PeriodicJob(
            "later-holds", TimeSpan.FromSeconds(BookingsLimits.ForgetLaterHoldsSeconds),
            provider.GetRequiredService<LaterHoldStore>().ForgetOldAsync));
        builder.Services.AddSingleton<GuestTransferStore>();
        builder.Services.AddSingleton(new AuditQuestion(GuestTransferStore.OverLimitSql, IsNote: true));
        builder.Services.AddSingleton<IGuestBookingMover, GuestBookingTransfer>();
        builder.Services.AddSingleton<GuestTransferJob>();
        builder.Services.AddPeriodicJob(provider => new PeriodicJob(
            "guest-transfers", TimeSpan.FromSeconds(BookingsLimits.TransferSeconds),
            provider.GetRequiredService<GuestTransferJob>().RunAsync, RunsAtStart: true));
    }

    /// <summary>Before routing, after what every answer has.</summary>
    public static void UseHoldFastPath(this WebApplication app) => app.UseMiddleware<HoldFastPathMiddleware>();

    public static void MapBookings(this IEndpointRouteBuilder routes) => BookingsEndpoints.Map(routes);
}
