using Microsoft.Extensions.Options;
using Onsale.Platform.Jobs;

namespace Onsale.Platform.Mail;

internal static class MailModule
{
    public static void AddMail(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<MailOptions>()
            .BindConfiguration(MailOptions.Section, binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptions.Validator>();
        services.AddSingleton<MailQueue>();
        services.AddSingleton<MailSender>();
        services.AddSingleton<PublicAddress>();
        services.AddPeriodicJob(provider => new PeriodicJob(
            "send-mails", TimeSpan.FromSeconds(MailLimits.SendEverySeconds),
            provider.GetRequiredService<MailSender>().SendDueAsync));
        services.AddPeriodicJob(provider => new PeriodicJob(
            "measure-mails", TimeSpan.FromSeconds(15), provider.GetRequiredService<MailSender>().MeasureAsync));
        services.AddPeriodicJob(provider => new PeriodicJob(
            "delete-old-mails", TimeSpan.FromMinutes(MailLimits.CleanUpMinutes),
            provider.GetRequiredService<MailQueue>().DeleteOldAsync));
    }
}
